namespace Shouwang.Planning.MealRuns;

/// <summary>Taking back what one iteration did, cart by cart.</summary>
internal sealed unsafe partial class RuinRecreate
{
    /// <summary>Writes down a cart as it is, the first time it is touched in an iteration.</summary>
    private void Touch(int cart)
    {
        if (_isTouched[cart])
        {
            return;
        }

        _isTouched[cart] = true;
        _touched[_touchedCount++] = cart;
        _undo[_undoLength++] = _tripsOf[cart];
        for (var k = 0; k < _tripsOf[cart]; k++)
        {
            var t = _turn[(cart * _perCart) + k];
            _undo[_undoLength++] = t;
            _undo[_undoLength++] = _count[t];
            for (var v = _next[First(t)]; !IsDepot(v); v = _next[v])
            {
                _undo[_undoLength++] = v;
            }
        }
    }

    private void Begin()
    {
        for (var i = 0; i < _touchedCount; i++)
        {
            _isTouched[_touched[i]] = false;
        }

        (_touchedCount, _undoLength, _undoOutside, _undoCost) = (0, 0, _outsideCount, _cost);
        _outside.AsSpan(0, _outsideCount).CopyTo(_wasOutside);
    }

    /// <summary>Puts every touched cart back as it was at <see cref="Begin"/>.</summary>
    private void Undo()
    {
        ClearTouched();
        var at = 0;
        for (var i = 0; i < _touchedCount; i++)
        {
            var cart = _touched[i];
            _tripsOf[cart] = _undo[at++];
            for (var k = 0; k < _tripsOf[cart]; k++)
            {
                var t = _undo[at++];
                _turn[(cart * _perCart) + k] = t;
                var v = First(t);
                for (var left = _undo[at++]; left > 0; left--)
                {
                    Link(v, _undo[at]);
                    v = _undo[at++];
                }

                Link(v, Last(t));
                RefreshTrip(t);
            }

            RefreshCart(cart);
        }

        (_outsideCount, _cost) = (_undoOutside, _undoCost);
        _wasOutside.AsSpan(0, _outsideCount).CopyTo(_outside);
        for (var k = 0; k < _outsideCount; k++)
        {
            _trip[_outside[k]] = Outside;
        }
    }

    private void ClearTouched()
    {
        for (var i = 0; i < _touchedCount; i++)
        {
            var cart = _touched[i];
            for (var t = cart * _perCart; t < (cart + 1) * _perCart; t++)
            {
                Link(First(t), Last(t));
                RefreshTrip(t);
            }
        }
    }
}
