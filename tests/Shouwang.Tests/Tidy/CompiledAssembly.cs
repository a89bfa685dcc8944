using System.Collections.Immutable;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Shouwang.Tests.Tidy;

/// <summary>One use of a type by another, as the compiler wrote it down.</summary>
/// <param name="From">The outermost type that uses it, with namespace.</param>
/// <param name="To">The outermost type that is used, with namespace.</param>
/// <param name="Assembly">Where the used type lives; empty for this assembly.</param>
internal readonly record struct TypeUse(string From, string To, string Assembly)
{
    public string FromNamespace => From[..Math.Max(0, From.LastIndexOf('.'))];

    public string ToNamespace => To[..Math.Max(0, To.LastIndexOf('.'))];
}

/// <summary>Reads which types a compiled assembly uses where: in bases, fields, signatures, attributes and method bodies. A using line that
/// is not there hides nothing from it.</summary>
internal sealed class CompiledAssembly : IDisposable
{
    private readonly PEReader _file;
    private readonly MetadataReader _metadata;
    private readonly HashSet<TypeUse> _uses = [];
    private string _from = "";

    public CompiledAssembly(Stream file)
    {
        _file = new PEReader(file);
        _metadata = _file.GetMetadataReader();
    }

    /// <summary>Every use of a type by a type of this assembly.</summary>
    public IReadOnlySet<TypeUse> Uses()
    {
        foreach (var handle in _metadata.TypeDefinitions)
        {
            _from = NameOf(handle);
            if (!_from.StartsWith('<')) Read(_metadata.GetTypeDefinition(handle));
        }

        return _uses;
    }

    /// <summary>The assemblies this one refers to.</summary>
    public IReadOnlyList<string> References() =>
        [.. _metadata.AssemblyReferences.Select(r => _metadata.GetString(_metadata.GetAssemblyReference(r).Name))];

    public void Dispose() => _file.Dispose();

    private void Read(TypeDefinition type)
    {
        Use(type.BaseType);
        foreach (var implemented in type.GetInterfaceImplementations()) Use(_metadata.GetInterfaceImplementation(implemented).Interface);
        foreach (var parameter in type.GetGenericParameters()) ReadConstraints(parameter);
        ReadAttributes(type.GetCustomAttributes());
        foreach (var handle in type.GetFields())
        {
            var field = _metadata.GetFieldDefinition(handle);
            field.DecodeSignature(new Collector(this), null);
            ReadAttributes(field.GetCustomAttributes());
        }

        foreach (var handle in type.GetMethods()) Read(_metadata.GetMethodDefinition(handle));
    }

    private void Read(MethodDefinition method)
    {
        method.DecodeSignature(new Collector(this), null);
        ReadAttributes(method.GetCustomAttributes());
        foreach (var parameter in method.GetGenericParameters()) ReadConstraints(parameter);
        if (method.RelativeVirtualAddress == 0) return;

        var body = _file.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil)
            _metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(new Collector(this), null);
        foreach (var region in body.ExceptionRegions) Use(region.CatchType);
        ReadCode(body.GetILReader());
    }

    private void ReadCode(BlobReader code)
    {
        while (code.RemainingBytes > 0)
        {
            var operand = InstructionTable.Next(ref code);
            if (operand is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
            {
                Use(MetadataTokens.EntityHandle(code.ReadInt32()));
            }
            else
            {
                InstructionTable.Skip(operand, ref code);
            }
        }
    }

    private void ReadConstraints(GenericParameterHandle parameter)
    {
        foreach (var constraint in _metadata.GetGenericParameter(parameter).GetConstraints())
        {
            Use(_metadata.GetGenericParameterConstraint(constraint).Type);
        }
    }

    private void ReadAttributes(CustomAttributeHandleCollection attributes)
    {
        foreach (var attribute in attributes) Use(_metadata.GetCustomAttribute(attribute).Constructor);
    }

    private void Use(EntityHandle handle)
    {
        if (handle.IsNil) return;
        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                Add(NameOf((TypeDefinitionHandle)handle), "");
                break;
            case HandleKind.TypeReference:
                Use((TypeReferenceHandle)handle);
                break;
            case HandleKind.TypeSpecification:
                _metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(new Collector(this), null);
                break;
            case HandleKind.FieldDefinition:
                Use(_metadata.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.MethodDefinition:
                Use(_metadata.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.MemberReference:
                Use(_metadata.GetMemberReference((MemberReferenceHandle)handle));
                break;
            case HandleKind.MethodSpecification:
                var generic = _metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                generic.DecodeSignature(new Collector(this), null);
                Use(generic.Method);
                break;
        }
    }

    private void Use(MemberReference member)
    {
        Use(member.Parent);
        if (member.GetKind() == MemberReferenceKind.Field) member.DecodeFieldSignature(new Collector(this), null);
        else member.DecodeMethodSignature(new Collector(this), null);
    }

    private void Use(TypeReferenceHandle handle)
    {
        var type = _metadata.GetTypeReference(handle);
        while (type.ResolutionScope.Kind == HandleKind.TypeReference) type =
            _metadata.GetTypeReference((TypeReferenceHandle)type.ResolutionScope);
        var assembly = type.ResolutionScope.Kind == HandleKind.AssemblyReference
            ? _metadata.GetString(_metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name)
            : "";
        Add($"{_metadata.GetString(type.Namespace)}.{_metadata.GetString(type.Name)}", assembly);
    }

    private void Add(string used, string assembly)
    {
        if (used != _from) _uses.Add(new(_from, used, assembly));
    }

    /// <summary>The outermost type: a nested one belongs to the file and folder of its owner.</summary>
    private string NameOf(TypeDefinitionHandle handle)
    {
        var type = _metadata.GetTypeDefinition(handle);
        while (!type.GetDeclaringType().IsNil) type = _metadata.GetTypeDefinition(type.GetDeclaringType());
        var space = _metadata.GetString(type.Namespace);
        return space.Length == 0 ? _metadata.GetString(type.Name) : $"{space}.{_metadata.GetString(type.Name)}";
    }

    /// <summary>Walks a signature only for the types in it.</summary>
    private sealed class Collector(CompiledAssembly owner) : ISignatureTypeProvider<bool, object?>
    {
        public bool GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => Add(handle);

        public bool GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => Add(handle);

        public bool GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle,
            byte rawTypeKind) =>
            Add(handle);

        public bool GetArrayType(bool elementType, ArrayShape shape) => true;

        public bool GetByReferenceType(bool elementType) => true;

        public bool GetFunctionPointerType(MethodSignature<bool> signature) => true;

        public bool GetGenericInstantiation(bool genericType, ImmutableArray<bool> typeArguments) => true;

        public bool GetGenericMethodParameter(object? genericContext, int index) => true;

        public bool GetGenericTypeParameter(object? genericContext, int index) => true;

        public bool GetModifiedType(bool modifier, bool unmodifiedType, bool isRequired) => true;

        public bool GetPinnedType(bool elementType) => true;

        public bool GetPointerType(bool elementType) => true;

        public bool GetPrimitiveType(PrimitiveTypeCode typeCode) => true;

        public bool GetSZArrayType(bool elementType) => true;

        private bool Add(EntityHandle handle)
        {
            owner.Use(handle);
            return true;
        }
    }
}
