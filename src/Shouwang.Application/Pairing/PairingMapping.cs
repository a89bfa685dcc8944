using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shouwang.Domain.Pairing;

namespace Shouwang.Application.Pairing;

/// <summary>How pairs, their reasons and their consents are stored.</summary>
internal sealed class PairingMapping : IEntityTypeConfiguration<Pair>, IEntityTypeConfiguration<PairingGap>
{
    public void Configure(EntityTypeBuilder<Pair> builder)
    {
        builder.ToTable("pairing_pair");
        builder.HasKey(p => p.Id);
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.HasIndex(p => new { p.Elder, p.State });
        builder.HasIndex(p => new { p.Volunteer, p.State });
        builder.HasIndex(p => new { p.State, p.Area });
        builder.OwnsOne(p => p.Ground, ground => ground.Property(g => g.Reason).HasMaxLength(40));
        builder.OwnsMany(p => p.Consents, consent =>
        {
            consent.ToTable("pairing_consent");
            consent.WithOwner().HasForeignKey("PairId");
            consent.HasKey("PairId", nameof(PairConsent.Side));
        });
    }

    public void Configure(EntityTypeBuilder<PairingGap> builder)
    {
        builder.ToTable("pairing_gap");
        builder.HasKey(g => g.Elder);
        builder.Property(g => g.Elder).ValueGeneratedNever();
        builder.Property(g => g.Reason).HasMaxLength(40);
    }
}
